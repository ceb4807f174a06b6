package main

import "github.com/zclconf/go-cty/cty"

// oddityCases are bytes that go-cty reads but never writes. The format allows them, and other
// producers write them.
func oddityCases() []Case {
	pair := cty.Object(map[string]cty.Type{"a": cty.String, "b": cty.Number})
	return []Case{
		fromBytes("uint8 for a small number", cty.Number, "cc05"),
		fromBytes("uint16 for a small number", cty.Number, "cd0005"),
		fromBytes("uint32 for a small number", cty.Number, "ce00000005"),
		fromBytes("uint64 for a small number", cty.Number, "cf0000000000000005"),
		fromBytes("uint64 maximum", cty.Number, "cfffffffffffffffff"),
		fromBytes("int8 for a positive number", cty.Number, "d005"),
		fromBytes("int16 for a negative number", cty.Number, "d1ffff"),
		fromBytes("int32 for a negative number", cty.Number, "d2ffffffff"),
		fromBytes("int64 for a negative number", cty.Number, "d3ffffffffffffffff"),
		fromBytes("float32 one half", cty.Number, "ca3f000000"),
		fromBytes("float32 one tenth", cty.Number, "ca3dcccccd"),
		fromBytes("float64 one tenth", cty.Number, "cb3fb999999999999a"),
		fromBytes("float64 whole number", cty.Number, "cb4014000000000000"),
		fromBytes("text for a small number", cty.Number, "a135"),
		fromBytes("text with an exponent", cty.Number, "a3316533"),
		fromBytes("text with a negative exponent", cty.Number, "a431652d37"),
		fromBytes("text with a capital exponent", cty.Number, "a6312e35453130"),
		fromBytes("text with trailing zeros", cty.Number, "a4312e3530"),
		fromBytes("str8 for a short string", cty.String, "d90161"),
		fromBytes("str16 for a short string", cty.String, "da000161"),
		fromBytes("str32 for a short string", cty.String, "db0000000161"),
		fromBytes("bin8 for a string", cty.String, "c40161"),
		fromBytes("bin16 for a string", cty.String, "c5000161"),
		fromBytes("decomposed string", cty.String, "a663616665cc81"),
		fromBytes("array16 for a short list", cty.List(cty.Bool), "dc0001c3"),
		fromBytes("array32 for a short list", cty.List(cty.Bool), "dd00000001c3"),
		fromBytes("map16 for a short map", cty.Map(cty.Bool), "de0001a161c3"),
		fromBytes("map32 for a short map", cty.Map(cty.Bool), "df00000001a161c3"),
		fromBytes("object keys in another order", pair, "82a16205a161a178"),
		fromBytes("set with a duplicate", cty.Set(cty.String), "93a162a161a162"),
		fromBytes("unknown as fixext1 of another type", cty.String, "d40700"),
		fromBytes("unknown as fixext1 with another byte", cty.String, "d400ff"),
		fromBytes("unknown as an empty ext8", cty.String, "c70000"),
		fromBytes("unknown as an empty ext8 of the refinement type", cty.String, "c7000c"),
		fromBytes("refinement with an unknown key", cty.String, "c7050c8201c26300"),
		fromBytes("refinement in ext16", cty.String, "c800030c8101c2"),
		fromBytes("refinement of a dynamic value", cty.DynamicPseudoType, "c7030c8101c2"),
		fromBytes("dynamic with its type as str", cty.DynamicPseudoType, "92a622626f6f6c22c3"),
		fromBytes("dynamic with white space in its type", cty.DynamicPseudoType, "92c4125b20226c697374222c2022626f6f6c22205d91c3"),
	}
}

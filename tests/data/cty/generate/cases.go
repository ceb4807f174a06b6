package main

import (
	"fmt"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Numbers on both sides of each boundary where msgpack or Terraform changes the encoding.
var integers = []string{
	"0", "1", "127", "128", "255", "256", "32767", "32768", "65535", "65536",
	"2147483647", "2147483648", "4294967295", "4294967296",
	"9007199254740993",                           // above what a float64 holds exactly
	"9223372036854775807", "9223372036854775808", // the largest i64; larger ones are text
	"18446744073709551615", "18446744073709551616", // u64
	"1000000000000000000000000000000",
	"-1", "-32", "-33", "-128", "-129", "-32768", "-32769",
	"-2147483648", "-2147483649", "-9223372036854775808", "-9223372036854775809",
	"-1000000000000000000000000000000",
}

var decimals = []string{
	"0.1", "0.5", "-2.5", "-0.25", "0.0000001", "1.1", "123456789.125", "123456789.123456789",
	"0.333333333333333333333333333333333333333333333333333333333333",
	"3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534211706798",
}

// valueCases are written by go-cty from a value.
func valueCases() []Case {
	var cases []Case
	add := func(name string, ty cty.Type, value cty.Value) {
		cases = append(cases, fromValue(name, ty, value))
	}

	for _, primitive := range []struct {
		name string
		ty   cty.Type
	}{{"string", cty.String}, {"number", cty.Number}, {"bool", cty.Bool}, {"dynamic", cty.DynamicPseudoType}} {
		add("null "+primitive.name, primitive.ty, cty.NullVal(primitive.ty))
		add("unknown "+primitive.name, primitive.ty, cty.UnknownVal(primitive.ty))
	}

	add("true", cty.Bool, cty.True)
	add("false", cty.Bool, cty.False)
	for _, text := range append(integers, decimals...) {
		add("number "+text, cty.Number, cty.MustParseNumberVal(text))
	}
	add("positive infinity", cty.Number, cty.PositiveInfinity)
	add("negative infinity", cty.Number, cty.NegativeInfinity)

	add("string empty", cty.String, cty.StringVal(""))
	add("string ASCII", cty.String, cty.StringVal("fleet-telemetry"))
	add("string non-ASCII", cty.String, cty.StringVal("smørrebrød 日本語 🚢"))
	add("string with control characters", cty.String, cty.StringVal("line\n\ttab\x00nul\"quote\\"))
	add("string NFC of decomposed input", cty.String, cty.StringVal("cafe\u0301"))
	for _, length := range []int{31, 32, 255, 256, 65535, 65536} {
		add(fmt.Sprintf("string of %d bytes", length), cty.String, cty.StringVal(strings.Repeat("x", length)))
	}
	add("string of 32 bytes in 16 characters", cty.String, cty.StringVal(strings.Repeat("é", 16)))

	pair := cty.Object(map[string]cty.Type{"ip": cty.String, "port": cty.Number})
	for _, collection := range []struct {
		name       string
		ty         cty.Type
		empty, one cty.Value
	}{
		{"list of string", cty.List(cty.String), cty.ListValEmpty(cty.String), cty.ListVal([]cty.Value{cty.StringVal("b"), cty.StringVal("a")})},
		{"list of bool", cty.List(cty.Bool), cty.ListValEmpty(cty.Bool), cty.ListVal([]cty.Value{cty.True, cty.False, cty.True})},
		{"set of string", cty.Set(cty.String), cty.SetValEmpty(cty.String), cty.SetVal([]cty.Value{cty.StringVal("b"), cty.StringVal("a"), cty.StringVal("B"), cty.StringVal("a")})},
		{"set of number", cty.Set(cty.Number), cty.SetValEmpty(cty.Number), cty.SetVal([]cty.Value{cty.NumberIntVal(10), cty.NumberIntVal(9), cty.MustParseNumberVal("9.5")})},
		{"set of bool", cty.Set(cty.Bool), cty.SetValEmpty(cty.Bool), cty.SetVal([]cty.Value{cty.True, cty.False})},
		{"set of object", cty.Set(pair), cty.SetValEmpty(pair), cty.SetVal([]cty.Value{address("1.1.1.1", 53), address("8.8.8.8", 53), address("1.1.1.1", 54)})},
		{"map of number", cty.Map(cty.Number), cty.MapValEmpty(cty.Number), cty.MapVal(map[string]cty.Value{"b": cty.NumberIntVal(2), "a": cty.NumberIntVal(1), "B": cty.NumberIntVal(3)})},
		{"map of map of string", cty.Map(cty.Map(cty.String)), cty.MapValEmpty(cty.Map(cty.String)), cty.MapVal(map[string]cty.Value{"": cty.MapValEmpty(cty.String), "ø": cty.MapVal(map[string]cty.Value{"k": cty.StringVal("v")})})},
		{"list of list of number", cty.List(cty.List(cty.Number)), cty.ListValEmpty(cty.List(cty.Number)), cty.ListVal([]cty.Value{cty.ListValEmpty(cty.Number), cty.ListVal([]cty.Value{cty.Zero})})},
		{"list of object", cty.List(pair), cty.ListValEmpty(pair), cty.ListVal([]cty.Value{address("1.1.1.1", 53)})},
	} {
		add(collection.name, collection.ty, collection.one)
		add("empty "+collection.name, collection.ty, collection.empty)
		add("null "+collection.name, collection.ty, cty.NullVal(collection.ty))
		add("unknown "+collection.name, collection.ty, cty.UnknownVal(collection.ty))
	}
	strings16 := make([]cty.Value, 16)
	map16 := map[string]cty.Value{}
	for i := range strings16 {
		strings16[i] = cty.StringVal(fmt.Sprintf("%02d", i))
		map16[fmt.Sprintf("key-%02d", i)] = strings16[i]
	}
	add("list of 15", cty.List(cty.String), cty.ListVal(strings16[:15]))
	add("list of 16", cty.List(cty.String), cty.ListVal(strings16))
	add("set of 16", cty.Set(cty.String), cty.SetVal(strings16))
	add("map of 16", cty.Map(cty.String), cty.MapVal(map16))
	add("list with null and unknown", cty.List(cty.String), cty.ListVal([]cty.Value{cty.NullVal(cty.String), cty.UnknownVal(cty.String), cty.StringVal("")}))
	add("set with null and unknown", cty.Set(cty.String), cty.SetVal([]cty.Value{cty.UnknownVal(cty.String), cty.NullVal(cty.String), cty.StringVal("a")}))
	add("map with null and unknown", cty.Map(cty.String), cty.MapVal(map[string]cty.Value{"n": cty.NullVal(cty.String), "u": cty.UnknownVal(cty.String)}))
	add("map key NFC of decomposed input", cty.Map(cty.Bool), cty.MapVal(map[string]cty.Value{"cafe\u0301": cty.True}))

	mixed := cty.Tuple([]cty.Type{cty.String, cty.Number, cty.List(cty.Bool)})
	add("tuple", mixed, cty.TupleVal([]cty.Value{cty.StringVal("a"), cty.MustParseNumberVal("1.5"), cty.ListVal([]cty.Value{cty.True})}))
	add("tuple with null and unknown", mixed, cty.TupleVal([]cty.Value{cty.NullVal(cty.String), cty.UnknownVal(cty.Number), cty.ListValEmpty(cty.Bool)}))
	add("null tuple", mixed, cty.NullVal(mixed))
	add("unknown tuple", mixed, cty.UnknownVal(mixed))
	add("empty tuple", cty.EmptyTuple, cty.EmptyTupleVal)

	add("object", pair, address("1.1.1.1", 53))
	add("object with null and unknown", pair, cty.ObjectVal(map[string]cty.Value{"ip": cty.NullVal(cty.String), "port": cty.UnknownVal(cty.Number)}))
	add("null object", pair, cty.NullVal(pair))
	add("unknown object", pair, cty.UnknownVal(pair))
	add("empty object", cty.EmptyObject, cty.EmptyObjectVal)
	connector := cty.ObjectVal(map[string]cty.Value{
		"name":        cty.StringVal("fleet"),
		"type":        cty.UnknownVal(cty.String),
		"tags":        cty.SetVal([]cty.Value{cty.StringVal("a5023f47-1db8-425e-b664-dc0b8921f644")}),
		"passthrough": cty.SetVal([]cty.Value{address("1.1.1.1", 53), cty.ObjectVal(map[string]cty.Value{"ip": cty.NullVal(cty.String), "port": cty.NullVal(cty.Number)})}),
		"tls":         cty.ObjectVal(map[string]cty.Value{"host": cty.StringVal("ingest.example.com"), "port": cty.NumberIntVal(8883), "ca": cty.NullVal(cty.String)}),
		"https":       cty.NullVal(cty.Object(map[string]cty.Type{"host": cty.String})),
		"meta":        cty.MapVal(map[string]cty.Value{"ca": cty.ObjectVal(map[string]cty.Value{"is_set": cty.False})}),
	})
	add("nested object", connector.Type(), connector)

	for _, inner := range []struct {
		name  string
		value cty.Value
	}{
		{"string", cty.StringVal("a")},
		{"number", cty.MustParseNumberVal("0.1")},
		{"typed null", cty.NullVal(cty.String)},
		{"typed unknown", cty.UnknownVal(cty.List(cty.String))},
		{"object", connector},
		{"tuple", cty.TupleVal([]cty.Value{cty.StringVal("a"), cty.True})},
		{"empty object", cty.EmptyObjectVal},
		{"set of number", cty.SetVal([]cty.Value{cty.NumberIntVal(1)})},
	} {
		add("dynamic "+inner.name, cty.DynamicPseudoType, inner.value)
	}
	holder := cty.Object(map[string]cty.Type{"any": cty.DynamicPseudoType, "name": cty.String})
	hold := func(inner cty.Value) cty.Value {
		return cty.ObjectVal(map[string]cty.Value{"any": inner, "name": cty.StringVal("n")})
	}
	add("object with dynamic concrete", holder, hold(cty.ListVal([]cty.Value{cty.True})))
	add("object with dynamic unknown", holder, hold(cty.DynamicVal))
	add("object with dynamic null", holder, hold(cty.NullVal(cty.DynamicPseudoType)))
	add("list of dynamic", cty.List(cty.DynamicPseudoType), cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")}))
	return cases
}

// refinedCases are unknown values with refinements, which Terraform has sent since 1.6.
func refinedCases() []Case {
	var cases []Case
	addTyped := func(name string, ty cty.Type, value cty.Value) {
		refined := fromValue("refined "+name, ty, value)
		refined.DecodeOnly = true // a plain unknown is what we write
		cases = append(cases, refined)
	}
	add := func(name string, value cty.Value) { addTyped(name, value.Type(), value) }
	add("not null string", cty.UnknownVal(cty.String).RefineNotNull())
	add("not null object", cty.UnknownVal(cty.Object(map[string]cty.Type{"a": cty.String})).RefineNotNull())
	add("not null bool", cty.UnknownVal(cty.Bool).RefineNotNull())
	add("string prefix", cty.UnknownVal(cty.String).Refine().StringPrefixFull("https://").NewValue())
	add("not null string prefix", cty.UnknownVal(cty.String).Refine().NotNull().StringPrefixFull("https://").NewValue())
	add("long string prefix", cty.UnknownVal(cty.String).Refine().StringPrefixFull(strings.Repeat("p", 300)).NewValue())
	add("number bounds", cty.UnknownVal(cty.Number).Refine().NumberRangeInclusive(cty.NumberIntVal(1), cty.MustParseNumberVal("65535.5")).NewValue())
	add("number lower bound exclusive", cty.UnknownVal(cty.Number).Refine().NumberRangeLowerBound(cty.Zero, false).NewValue())
	for _, ty := range []cty.Type{cty.List(cty.String), cty.Set(cty.String), cty.Map(cty.String)} {
		add(ty.FriendlyName()+" length", cty.UnknownVal(ty).Refine().NotNull().CollectionLengthLowerBound(1).CollectionLengthUpperBound(300).NewValue())
	}
	add("list in object", cty.ObjectVal(map[string]cty.Value{"a": cty.UnknownVal(cty.List(cty.String)).Refine().CollectionLengthLowerBound(2).NewValue()}))
	addTyped("string inside dynamic object", cty.DynamicPseudoType, cty.ObjectVal(map[string]cty.Value{"a": cty.UnknownVal(cty.String).RefineNotNull()}))
	return cases
}

func address(ip string, port int64) cty.Value {
	return cty.ObjectVal(map[string]cty.Value{"ip": cty.StringVal(ip), "port": cty.NumberIntVal(port)})
}

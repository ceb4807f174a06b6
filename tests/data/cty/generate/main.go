// Writes `golden.json`: values as go-cty, the library inside Terraform and OpenTofu, encodes them in
// msgpack and JSON. Run through `make golden`.
package main

import (
	"encoding/hex"
	"encoding/json"
	"log"
	"math/big"
	"os"
	"reflect"

	"github.com/zclconf/go-cty/cty"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// Case is one value in all its forms.
type Case struct {
	Name string `json:"name"`
	// The type, as a provider's schema has it.
	Type json.RawMessage `json:"type"`
	// The value in our own notation: see `describe`.
	Value any `json:"value"`
	// Hexadecimal.
	Msgpack string `json:"msgpack"`
	// The bytes can be decoded, but encoding the value gives other bytes.
	DecodeOnly bool `json:"decode_only"`
	// As text, which keeps its form. Null if JSON cannot represent the value.
	JSON *string `json:"json"`
}

func main() {
	cases := append(append(valueCases(), refinedCases()...), oddityCases()...)
	names := map[string]bool{}
	for _, one := range cases {
		if names[one.Name] {
			log.Fatalf("two cases are named %q", one.Name)
		}
		names[one.Name] = true
	}
	if err := os.WriteFile(os.Args[1], render(cases), 0o644); err != nil {
		log.Fatal(err)
	}
}

// Each case is one line, so that a changed case is one line of a diff.
func render(cases []Case) []byte {
	text := []byte("[\n")
	for i, one := range cases {
		line, err := json.Marshal(one)
		if err != nil {
			log.Fatal(err)
		}
		text = append(text, line...)
		if i < len(cases)-1 {
			text = append(text, ',')
		}
		text = append(text, '\n')
	}
	return append(text, "]\n"...)
}

func fromValue(name string, ty cty.Type, value cty.Value) Case {
	bytes, err := msgpack.Marshal(value, ty)
	if err != nil {
		log.Fatalf("%s: %s", name, err)
	}
	read := fromBytes(name, ty, hex.EncodeToString(bytes))
	read.DecodeOnly = false
	if !reflect.DeepEqual(read.Value, describe(value, ty)) {
		log.Fatalf("%s: reads back as %v", name, read.Value)
	}
	if value.IsWhollyKnown() && len(bytes) < 1000 {
		if text, err := ctyjson.Marshal(value, ty); err == nil {
			text := string(text)
			read.JSON = &text
		}
	}
	return read
}

func fromBytes(name string, ty cty.Type, digits string) Case {
	bytes, err := hex.DecodeString(digits)
	if err != nil {
		log.Fatalf("%s: %s", name, err)
	}
	value, err := msgpack.Unmarshal(bytes, ty)
	if err != nil {
		log.Fatalf("%s: %s", name, err)
	}
	return Case{Name: name, Type: typeJSON(ty), Value: describe(value, ty), Msgpack: digits, DecodeOnly: true}
}

// describe gives null as null, and every other value as an object with one key that names its
// kind: unknown, bool, string, number (decimal text), list (tuples too), set, map (objects too),
// dynamic (with the type that came along). `wanted` is the type in the schema.
func describe(value cty.Value, wanted cty.Type) any {
	if wanted == cty.DynamicPseudoType && value.Type() != cty.DynamicPseudoType {
		return map[string]any{"dynamic": map[string]any{
			"type": typeJSON(value.Type()), "value": describe(value, value.Type()),
		}}
	}
	switch {
	case !value.IsKnown():
		return map[string]any{"unknown": true}
	case value.IsNull():
		return nil
	case wanted == cty.Bool:
		return map[string]any{"bool": value.True()}
	case wanted == cty.String:
		return map[string]any{"string": value.AsString()}
	case wanted == cty.Number:
		return map[string]any{"number": decimal(value.AsBigFloat())}
	case wanted.IsMapType() || wanted.IsObjectType():
		members := map[string]any{}
		for key, member := range value.AsValueMap() {
			members[key] = describe(member, memberType(wanted, key))
		}
		return map[string]any{"map": members}
	}
	elements := []any{}
	for i, element := range value.AsValueSlice() {
		elements = append(elements, describe(element, elementType(wanted, i)))
	}
	if wanted.IsSetType() {
		return map[string]any{"set": elements}
	}
	return map[string]any{"list": elements}
}

func memberType(ty cty.Type, key string) cty.Type {
	if ty.IsObjectType() {
		return ty.AttributeType(key)
	}
	return ty.ElementType()
}

func elementType(ty cty.Type, index int) cty.Type {
	if ty.IsTupleType() {
		return ty.TupleElementType(index)
	}
	return ty.ElementType()
}

func decimal(number *big.Float) string {
	if number.IsInf() {
		return map[bool]string{false: "inf", true: "-inf"}[number.Signbit()]
	}
	// The shortest text of a number with 53 bits is not its exact value. With 512 bits, no digit is lost.
	return new(big.Float).SetPrec(512).Set(number).Text('f', -1)
}

func typeJSON(ty cty.Type) json.RawMessage {
	text, err := ctyjson.MarshalType(ty)
	if err != nil {
		log.Fatal(err)
	}
	return text
}

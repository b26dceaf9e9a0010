package main

import (
	"context"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"
)

// limit is how long Argo CD lets a script run.
const limit = time.Second

// runScript returns what a script returns for an object, with the libraries that Argo CD gives to scripts that are not
// trusted: base, package and table, and of os only time and date.
func runScript(text string, object map[string]any) outcome {
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for _, open := range []lua.LGFunction{lua.OpenPackage, lua.OpenBase, lua.OpenTable} {
		state.Push(state.NewFunction(open))
		state.Call(0, 0)
	}
	state.PreloadModule(lua.OsLibName, clockOnly)
	timed, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	state.SetContext(timed)
	state.SetGlobal("obj", toLua(state, object))
	if err := state.DoString(text); err != nil {
		return outcome{Error: err.Error()}
	}
	value, err := fromLua(state.Get(-1))
	if err != nil {
		return outcome{Error: err.Error()}
	}
	return outcome{Value: value}
}

func clockOnly(state *lua.LState) int {
	whole := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer whole.Close()
	whole.Push(whole.NewFunction(lua.OpenOs))
	whole.Call(0, 1)
	library := whole.Get(-1).(*lua.LTable)
	module := state.NewTable()
	for _, name := range []string{"time", "date"} {
		module.RawSetString(name, state.NewFunction(library.RawGetString(name).(*lua.LFunction).GFunction))
	}
	state.Push(module)
	return 1
}

func toLua(state *lua.LState, value any) lua.LValue {
	switch typed := value.(type) {
	case bool:
		return lua.LBool(typed)
	case string:
		return lua.LString(typed)
	case int64:
		return lua.LNumber(typed)
	case float64:
		return lua.LNumber(typed)
	case []any:
		table := state.CreateTable(len(typed), 0)
		for _, member := range typed {
			table.Append(toLua(state, member))
		}
		return table
	case map[string]any:
		table := state.CreateTable(0, len(typed))
		for name, member := range typed {
			table.RawSetString(name, toLua(state, member))
		}
		return table
	default:
		return lua.LNil
	}
}

// fromLua takes an empty table for an object; Lua cannot tell, and Argo CD looks at the object before to know.
func fromLua(value lua.LValue) (any, error) {
	switch typed := value.(type) {
	case lua.LBool:
		return bool(typed), nil
	case lua.LString:
		return string(typed), nil
	case lua.LNumber:
		return float64(typed), nil
	case *lua.LTable:
		return fromTable(typed)
	default:
		return nil, fmt.Errorf("a script returns a table, not %s", value.Type())
	}
}

func fromTable(table *lua.LTable) (any, error) {
	if length := table.Len(); length > 0 {
		list := make([]any, 0, length)
		for index := 1; index <= length; index++ {
			member, err := fromLua(table.RawGetInt(index))
			if err != nil {
				return nil, err
			}
			list = append(list, member)
		}
		return list, nil
	}
	object := map[string]any{}
	var failed error
	table.ForEach(func(name, member lua.LValue) {
		value, err := fromLua(member)
		if err != nil {
			failed = err
		}
		object[name.String()] = value
	})
	return object, failed
}

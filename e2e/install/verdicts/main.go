// Verdicts reads objects from standard input, one JSON document each, and prints for each one JSON document: what kstatus
// says of it, and what each Lua script named as argument returns for it when it is run as Argo CD runs scripts.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/cli-utils/pkg/kstatus/status"
)

type verdict struct {
	Kstatus *status.Result `json:"kstatus"`
	Scripts []outcome      `json:"scripts"`
}

// outcome is one of the two.
type outcome struct {
	Value any    `json:"value,omitempty"`
	Error string `json:"error,omitempty"`
}

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "verdicts:", err)
		os.Exit(1)
	}
}

func run(files []string, in io.Reader, out io.Writer) error {
	scripts := make([]string, 0, len(files))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		scripts = append(scripts, string(text))
	}
	objects, verdicts := json.NewDecoder(in), json.NewEncoder(out)
	for {
		// Numbers of an unstructured object are int64 or float64; its own decoder makes them so.
		var raw json.RawMessage
		if err := objects.Decode(&raw); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(raw); err != nil {
			return err
		}
		result, err := status.Compute(object)
		if err != nil {
			return err
		}
		said := verdict{Kstatus: result, Scripts: []outcome{}}
		for _, script := range scripts {
			said.Scripts = append(said.Scripts, runScript(script, object.Object))
		}
		if err := verdicts.Encode(said); err != nil {
			return err
		}
	}
}

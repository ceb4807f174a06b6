// Package acceptance drives the built provider through a real Terraform with HashiCorp's own
// framework for acceptance tests, against the sandbox: `make acceptance-test`.
//
// The provider is installed as users install it, from a filesystem mirror, so that Terraform starts
// it with mutual TLS. The framework would otherwise serve it from the test's own process.
package acceptance

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
)

// key is a key that every sandbox accepts.
const key = "onok_12345678.sandbox"

// providers names the providers that every test needs.
var providers = map[string]resource.ExternalProvider{
	"onomondo": {Source: "onomondo/onomondo"},
}

func TestMain(m *testing.M) {
	status, err := run(m)
	if err != nil {
		fmt.Fprintf(os.Stderr, "error: %v\n", err)
		status = 1
	}
	os.Exit(status)
}

// run starts a sandbox, makes a mirror, and runs the tests. A missing program is an error: no test is
// skipped silently.
func run(m *testing.M) (int, error) {
	directory, err := os.MkdirTemp("", "acceptance")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(directory)
	settings, err := mirror(directory)
	if err != nil {
		return 1, err
	}
	sandbox, address, err := startSandbox()
	if err != nil {
		return 1, err
	}
	defer sandbox.Process.Kill()
	if os.Getenv("TF_ACC_TERRAFORM_PATH") == "" {
		return 1, fmt.Errorf("`TF_ACC_TERRAFORM_PATH` is not set: run `make acceptance-test`")
	}
	for name, value := range map[string]string{
		"TF_ACC":             "1",
		"TF_CLI_CONFIG_FILE": settings,
		"ONOMONDO_API_KEY":   key,
		"ONOMONDO_BASE_URL":  address,
	} {
		if err := os.Setenv(name, value); err != nil {
			return 1, err
		}
	}
	return m.Run(), nil
}

// mirror installs the provider in a filesystem mirror and returns the CLI configuration for it.
func mirror(directory string) (string, error) {
	provider, err := executable("PROVIDER")
	if err != nil {
		return "", err
	}
	version, err := exec.Command(provider, "--version").Output()
	if err != nil {
		return "", err
	}
	words := strings.Fields(string(version))
	platform := runtime.GOOS + "_" + runtime.GOARCH
	place := filepath.Join(directory, "registry.terraform.io", "onomondo", "onomondo", words[1], platform)
	if err := os.MkdirAll(place, 0o755); err != nil {
		return "", err
	}
	if err := os.Symlink(provider, filepath.Join(place, filepath.Base(provider))); err != nil {
		return "", err
	}
	settings := filepath.Join(directory, "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", directory)
	return settings, os.WriteFile(settings, []byte(text), 0o644)
}

// startSandbox starts a sandbox and reads its address from the first line of its output.
func startSandbox() (*exec.Cmd, string, error) {
	program, err := executable("SANDBOX")
	if err != nil {
		return nil, "", err
	}
	sandbox := exec.Command(program, "--listen", "127.0.0.1:0")
	stdout, err := sandbox.StdoutPipe()
	if err != nil {
		return nil, "", err
	}
	if err := sandbox.Start(); err != nil {
		return nil, "", err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return nil, "", fmt.Errorf("the sandbox does not say where it is: %w", err)
	}
	words := strings.Fields(line)
	return sandbox, words[len(words)-1], nil
}

func executable(variable string) (string, error) {
	path := os.Getenv(variable)
	if path == "" {
		return "", fmt.Errorf("`%s` is not set: run `make acceptance-test`", variable)
	}
	return filepath.Abs(path)
}

"""Measures what this provider costs in a command, beside what else could be used: `make bench`.

Real Terraform plans and creates the same connectors in the same sandbox with this provider and with
two providers for any REST API, Mastercard/restapi and magodo/restful. Its own `terraform_data`, which
starts no provider, is the floor. One run prints all tables of `BENCHMARKS.md`, and says which goal is
missed. Both other providers are built from their Go modules, or `RESTAPI` and `RESTFUL` name the
executables; one that cannot be had is omitted. Linux only.

- `configurations`: what is measured.
- `measuring`: what a command costs.
- `tables`: how it is told, and which goal is met.
"""

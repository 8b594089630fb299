# Runs a login inside workerd: `workerd test workerd.capnp` calls the worker's test().
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(
    name = "main",
    worker = (
      modules = [(name = "worker", esModule = embed "bundled.mjs")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "method", text = "a binding called method")],
    ),
  )],
);

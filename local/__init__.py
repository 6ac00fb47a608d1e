"""The whole product on one machine: emulator, deployment, routes, gateway, demo accounts."""

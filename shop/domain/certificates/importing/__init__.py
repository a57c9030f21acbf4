"""Reading an official list into the registry: read, check, plan, apply. People see the plan before rows change."""

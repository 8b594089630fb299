#!/usr/bin/env node
import { main } from './main.js'

// Without `exit`, output that nobody reads would keep the process alive.
process.exit(await main(process.argv.slice(2)))

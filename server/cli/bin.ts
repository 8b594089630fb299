#!/usr/bin/env node
import { main } from './main.js'

// Without `exit`, unread output would keep the process alive.
process.exit(await main(process.argv.slice(2)))

/** Runs after `npm pack` and `npm publish`: restores the package.json that `prepack` moved away. */
import { existsSync, renameSync } from 'node:fs'

if (existsSync('.cache/package.json')) renameSync('.cache/package.json', 'package.json')

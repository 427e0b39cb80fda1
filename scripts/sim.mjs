// npm run sim -- --seeds N --ops M [--seed S] [--fresh]
import { execTs } from './lib/exec-ts.mjs'

execTs('workers/simulation/cli.ts')

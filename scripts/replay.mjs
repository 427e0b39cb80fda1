// npm run replay -- FILE [--offline]
import { execTs } from './lib/exec-ts.mjs'

execTs('workers/simulation/replay-cli.ts')

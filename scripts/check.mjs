// npm run check: types, lint and format, import walls, exact versions. Exit 1 when one of them fails.
import { runChecks } from './lib/checks.mjs'

process.exitCode = runChecks().every(({ ok }) => ok) ? 0 : 1

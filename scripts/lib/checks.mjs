// The checks that need no test to run, the same on every machine and in CI.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, ROOT } from './files.mjs'
import { checkRequirements } from './requisitos.mjs'
import { violationsIn } from './walls.mjs'

const SOURCES = ['schema', 'workers', 'sync-server', 'client', 'bench', 'scripts']

/**
 * Runs the checks, printing one line each and the whole output of one that fails.
 * @returns {{ name: string, ok: boolean }[]}
 */
export function runChecks() {
  return [
    check('types', () => run('node_modules/typescript/bin/tsc', ['-b', '--pretty', 'false'])),
    check('lint and format', () =>
      run('node_modules/@biomejs/biome/bin/biome', ['check', '--diagnostic-level=error', '--max-diagnostics=200', '--colors=off', '.']),
    ),
    check('walls', wallsProblem),
    check('exact versions', versionsProblem),
    check('requirements', requirementsProblem),
  ]
}

function check(name, problemOf) {
  const startedAt = performance.now()
  const problem = problemOf()
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${problem === null ? '✔' : '✘'} check: ${name}  ${seconds} s`)
  if (problem !== null) console.log(problem)
  return { name, ok: problem === null }
}

/** Null when the program ends well, else what it said. */
function run(program, args) {
  const result = spawnSync(process.execPath, [join(ROOT, program), ...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return result.status === 0 ? null : `${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}`
}

function wallsProblem() {
  const sources = filesBelow(SOURCES, (path) => /\.(ts|tsx|mjs)$/.test(path))
  const violations = violationsIn(new Map(sources.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])))
  if (sources.length === 0) return 'no source was found: the check itself is broken'
  return violations.length === 0 ? null : violations.map(({ file, imports, why }) => `  ${file} → ${imports}: ${why}`).join('\n')
}

/** A page that claims a proof which is not there is worse than none. */
function requirementsProblem() {
  const { problems } = checkRequirements()
  return problems.length === 0 ? null : problems.map((problem) => `  ${problem}`).join('\n')
}

/** A range in package.json would make two clones differ; the lock file alone does not hold when someone adds a package. */
function versionsProblem() {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const entries = ['dependencies', 'devDependencies', 'overrides'].flatMap((part) => Object.entries(manifest[part] ?? {}))
  const loose = entries.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
  return loose.length === 0 ? null : loose.map(([name, version]) => `  ${name}: ${version} is not an exact version`).join('\n')
}

// Preloaded into a measured server: at SIGUSR2 it collects its garbage and writes what memory is left, as JSON, to the file of BENCH_MEMORY.
import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const { BENCH_MEMORY } = process.env
if (BENCH_MEMORY && process.argv[1]?.endsWith('main.ts')) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  process.on('SIGUSR2', () => {
    collect()
    // What was waiting to be finalized goes with the second.
    setTimeout(() => {
      collect()
      writeFileSync(BENCH_MEMORY, JSON.stringify(process.memoryUsage()))
    }, 100)
  })
}

// A process of mutation.mjs: loads one test file once and runs its tests again for each mistake that it is told of. Asked first, with nothing alive, it says
// which mistakes its tests reach: `loading` while the modules are read, which only a new process meets again, and `running`.
//
//   ← { survey: true }   → { loading, running, ok }
//   ← { ids }            → { begins: id } and { ends: id, killed } for each, in order
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'

const PATH = String(process.argv[2])
// That an example fails is enough; the smallest one would take its time.
fc.configureGlobal({ endOnFailure: true })
/** @type {any} */
const shared = globalThis
Object.assign(shared, { UVU_DEFER: 1, UVU_INDEX: 0, UVU_QUEUE: [[]] })
process.stdout.write = () => true
const { seen } = shared.$mutants
await import(pathToFileURL(PATH).href)
const loading = [...seen]
/** @type {(() => Promise<[errors: string | true]>)[]} */
const suites = shared.UVU_QUEUE.flat().filter((entry) => typeof entry === 'function')
const tell = (what) => process.send?.(what)

process.on('message', async (/** @type {{ survey?: true, ids?: number[] }} */ asked) => {
  if (asked.survey) {
    seen.clear()
    const ok = suites.length > 0 && (await pass())
    tell({ loading, running: [...seen], ok })
  }
  for (const id of asked.ids ?? []) {
    tell({ begins: id })
    shared.$mutants.alive = id
    tell({ ends: id, killed: !(await pass()) })
  }
  process.disconnect?.()
})
tell({ ready: true })

async function pass() {
  try {
    for (const suite of suites) if ((await suite())[0] !== true) return false
    return true
  } catch {
    return false
  }
}

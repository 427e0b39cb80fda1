/**
 * Chunking of a build: all that the page's own graph loads before anything asks for more is one file. Left alone, each set of later screens that share
 * a module gets a file of its own out of the first screen's, and ten small files squeeze worse than one and are ten requests.
 * @param {string} entry path of the script that the page names
 * @returns {import('vite').Rolldown.CodeSplittingGroup}
 */
export function firstScreen(entry) {
  /** @type {Set<string> | undefined} */
  let found
  return {
    debugName: 'first screen',
    name(id, context) {
      found ??= reachable(entry, context)
      return found.has(id) ? 'base' : null
    },
  }
}

function reachable(entry, context) {
  const found = new Set()
  const queue = [entry]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue
    found.add(id)
    queue.push(...(context.getModuleInfo(id)?.importedIds ?? []))
  }
  return found
}

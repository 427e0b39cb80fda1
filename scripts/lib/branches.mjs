// The branches of a source, as coverage tools count them: both ways of a condition, each later operand of && || ??, a default, each case of a switch.
import { rewrite } from './syntax.mjs'

/** @typedef {{ id: number, file: string, line: number, what: string }} Branch */

const CONDITIONS = new Set(['IfStatement', 'ConditionalExpression', 'WhileStatement', 'DoWhileStatement', 'ForStatement'])

/**
 * @param {string} file its path, for who reads the list
 * @param {string} code TypeScript
 * @param {Branch[]} branches where those of this source are added
 * @returns {string} the source, which says to globalThis.$branch(id) which of them it takes
 */
export function withBranches(file, code, branches) {
  const lineOf = (at) => code.slice(0, at).split('\n').length
  const named = (node, what) => {
    const id = branches.length
    branches.push({ id, file, line: lineOf(node.start), what: `${what}: ${code.slice(node.start, node.end).split('\n')[0]?.slice(0, 60)}` })
    return id
  }
  return rewrite(code, ({ node, parent, field }, text) => {
    if (parent && CONDITIONS.has(parent.type) && field === 'test' && node.type !== 'Literal')
      return `$branch.both(${named(node, 'yes')}, ${named(node, 'no')}, ${text})`
    if (parent?.type === 'LogicalExpression' && field === 'right') return `($branch(${named(node, parent.operator)}), ${text})`
    if (parent?.type === 'AssignmentPattern' && field === 'right') return `($branch(${named(node, 'default')}), ${text})`
    if (node.type === 'SwitchCase' && node.consequent.length > 0) {
      const from = text.indexOf(':', node.test ? node.test.end - node.start : 0) + 1
      return `${text.slice(0, from)} $branch(${named(node, 'case')});${text.slice(from)}`
    }
    return text
  })
}

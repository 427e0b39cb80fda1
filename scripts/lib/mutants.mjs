// Small changes of a source that a good test notices, all of them in one text: which one is alive is said when the program runs, so that a thousand of
// them need one build. The kinds are those of the usual mutation tools.
import { rewrite } from './syntax.mjs'

/** @typedef {{ id: number, file: string, line: number, kind: string, from: string, to: string }} Mutant */

const EQUALITIES = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
}
const ARITHMETIC = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '**': '*',
  '&': '|',
  '|': '&',
  '^': '&',
  '<<': '>>',
  '>>': '<<',
  '>>>': '<<',
}
const LOGIC = { '&&': '||', '||': '&&', '??': '&&' }
const ASSIGNMENTS = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=', '??=': '&&=', '||=': '&&=', '&&=': '||=' }
/** Null: the list as it was. */
const METHODS = {
  ...{ some: 'every', every: 'some', startsWith: 'endsWith', endsWith: 'startsWith' },
  ...{ filter: null, slice: null, sort: null, toSorted: null, reverse: null, toReversed: null, trim: null },
}
const OF_MATH = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', round: 'floor', trunc: 'ceil' }
const CONDITIONS = new Set(['IfStatement', 'ConditionalExpression', 'WhileStatement', 'ForStatement'])
const BLOCKS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'IfStatement',
  'ForStatement',
  'ForOfStatement',
  'WhileStatement',
])

/**
 * @param {string} file its path, for who reads the list
 * @param {string} code TypeScript
 * @param {Mutant[]} mutants where those of this source are added
 * @returns {string} the source, which asks globalThis.$mutant(id) whether one of them is alive
 */
export function withMutants(file, code, mutants) {
  const lineOf = (at) => code.slice(0, at).split('\n').length
  const short = (text) => text.replace(/\s+/g, ' ').slice(0, 90)
  const named = (node, kind, to) => {
    const id = mutants.length
    mutants.push({ id, file, line: lineOf(node.start), kind, from: short(code.slice(node.start, node.end)), to: short(to) })
    return id
  }
  return rewrite(code, (place, text) => {
    const { node } = place
    if (node.type === 'BlockStatement') return emptied(place, text, named)
    if (!place.isValue) return text
    const choices = changesOf(place, code).map(([kind, to]) => `$mutant(${named(node, kind, to)}) ? (${to}) : `)
    return choices.length === 0 ? text : `(${choices.join('')}(${text}))`
  })
}

function emptied({ node, parent, field }, text, named) {
  if (node.body.length === 0 || !parent || !BLOCKS.has(parent.type) || !['body', 'consequent', 'alternate'].includes(field)) return text
  const id = named(node, 'block', '{}')
  // A block of its own inside: what it declares stays in it.
  return `{ if (!$mutant(${id})) ${text} }`
}

/** @returns {[kind: string, to: string][]} each as the text of an expression */
function changesOf({ node, parent, field }, code) {
  const source = (part) => code.slice(part.start, part.end)
  const between = (left, operator, right) => `(${source(left)}) ${operator} (${source(right)})`
  /** @type {[kind: string, to: string][]} */
  const changes = []
  const asCondition = parent && CONDITIONS.has(parent.type) && field === 'test'
  if (asCondition && node.type !== 'Literal') {
    if (parent.type !== 'WhileStatement' && parent.type !== 'ForStatement') changes.push(['condition', 'true'])
    changes.push(['condition', 'false'])
  }
  if (parent?.type === 'ExpressionStatement' && node.type !== 'Literal') changes.push(['statement', 'undefined'])
  if (parent?.type === 'ArrowFunctionExpression' && field === 'body' && !isPlain(node)) changes.push(['result', 'undefined'])
  switch (node.type) {
    case 'BinaryExpression':
      for (const operator of EQUALITIES[node.operator] ?? []) changes.push(['comparison', between(node.left, operator, node.right)])
      if (node.operator in EQUALITIES && !asCondition) changes.push(['condition', 'true'], ['condition', 'false'])
      if (node.operator in ARITHMETIC && !(node.operator === '+' && isText(node)))
        changes.push(['arithmetic', between(node.left, ARITHMETIC[node.operator], node.right)])
      break
    case 'LogicalExpression':
      changes.push(['logic', between(node.left, LOGIC[node.operator], node.right)])
      break
    case 'UnaryExpression':
      if (node.operator === '!' || node.operator === '-') changes.push(['sign', source(node.argument)])
      break
    case 'UpdateExpression':
      changes.push(['update', source(node).replace(/\+\+|--/, (sign) => (sign === '++' ? '--' : '++'))])
      break
    case 'AssignmentExpression':
      if (node.operator in ASSIGNMENTS)
        changes.push(['assignment', `${source(node.left)} ${ASSIGNMENTS[node.operator]} (${source(node.right)})`])
      break
    case 'Literal':
      if (typeof node.value === 'boolean') changes.push(['boolean', String(!node.value)])
      // A sentence is for people; a word is a rule's.
      if (typeof node.value === 'string' && !node.value.includes(' ')) changes.push(['text', node.value === '' ? `'mutant'` : `''`])
      break
    case 'TemplateLiteral':
      if (node.quasis.some(({ value }) => value.raw !== '') && !node.quasis.some(({ value }) => value.raw.includes(' ')))
        changes.push(['text', '``'])
      break
    case 'ArrayExpression':
      if (node.elements.length > 0) changes.push(['list', '[]'])
      break
    case 'ObjectExpression':
      if (node.properties.length > 0) changes.push(['object', '{}'])
      break
    case 'CallExpression':
      changes.push(...callsLike(node, source))
      break
    case 'ChainExpression':
      for (const part of optionalsOf(node.expression)) {
        const from = (part.type === 'CallExpression' ? part.callee : part.object).end
        const at = code.indexOf('?.', from)
        changes.push([
          'optional',
          code.slice(node.start, at) + (part.type === 'CallExpression' || part.computed ? '' : '.') + code.slice(at + 2, node.end),
        ])
      }
      break
  }
  return changes
}

/** @returns {[kind: string, to: string][]} */
function callsLike({ callee, arguments: args }, source) {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return []
  const { object, property } = callee
  const asked = args.map(source).join(', ')
  if (object.type === 'Identifier' && object.name === 'Math')
    return property.name in OF_MATH ? [['method', `Math.${OF_MATH[property.name]}(${asked})`]] : []
  if (!Object.hasOwn(METHODS, property.name)) return []
  const other = METHODS[property.name]
  return [['method', other === null ? source(object) : `${source(object)}.${other}(${asked})`]]
}

function* optionalsOf(node) {
  for (
    let part = node;
    part;
    part = part.type === 'CallExpression' ? part.callee : part.type === 'MemberExpression' ? part.object : undefined
  )
    if (part.optional) yield part
}

/** What a change of its own will change. */
const isPlain = ({ type }) => type === 'Literal' || type === 'Identifier' || type === 'ArrowFunctionExpression'
const isText = (node) =>
  node.type === 'TemplateLiteral' ||
  typeof node.value === 'string' ||
  (node.type === 'BinaryExpression' && (isText(node.left) || isText(node.right)))

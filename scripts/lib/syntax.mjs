// Writes a TypeScript source again with some of its expressions replaced: what the measures of the tests (coverage.mjs, mutation.mjs) stand on.
import { parseAst } from 'vite'

/** What has a value; everything else that begins with TS is a type and is left alone. */
const VALUES = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression'])
const isNode = (thing) => typeof thing === 'object' && thing !== null && typeof thing.type === 'string'
const isType = ({ type }) => type.startsWith('TS') && !VALUES.has(type)

/** @typedef {{ type: string, start: number, end: number, [field: string]: any }} Node */
/** @typedef {{ node: Node, parent: Node | null, field: string, isValue: boolean }} Place `isValue`: an expression may stand here instead of it */

/**
 * @param {string} code TypeScript
 * @param {(place: Place, text: string) => string} write what to put for a node; `text` is its own, its children written already
 */
export function rewrite(code, write) {
  const spines = new Set()
  /** @param {Place} place */
  const render = (place) => {
    const { node } = place
    if (node.type === 'ChainExpression') for (const part of spineOf(node.expression)) spines.add(part)
    let text = ''
    let at = node.start
    for (const child of childrenOf(node)) {
      if (child.node.start < at) continue // the two names of a shorthand
      text += code.slice(at, child.node.start) + render({ ...child, isValue: child.isValue && !spines.has(child.node) })
      at = child.node.end
    }
    const written = write(place, text + code.slice(at, node.end))
    // A line that begins with a bracket would go on with the one before it: the sources end their lines without a semicolon.
    return node.type === 'ExpressionStatement' && written.startsWith('(') ? `void 0, ${written}` : written
  }
  const program = /** @type {any} */ (parseAst(code, { lang: 'ts' }))
  return code.slice(0, program.start) + render({ node: program, parent: null, field: '', isValue: false }) + code.slice(program.end)
}

/** What must stay together for `a?.b.c` to end early. */
function* spineOf(node) {
  for (
    let part = node;
    part;
    part = part.type === 'CallExpression' ? part.callee : part.type === 'MemberExpression' ? part.object : undefined
  ) {
    yield part
    if (part.type === 'TSNonNullExpression') part = part.expression
  }
}

/** @returns {Place[]} in the order of the source */
function childrenOf(node) {
  const children = []
  for (const [field, content] of Object.entries(node)) {
    for (const child of Array.isArray(content) ? content : [content])
      if (isNode(child) && !isType(child)) children.push({ node: child, parent: node, field, isValue: isValue(node, field, child) })
  }
  return children.sort((a, b) => a.node.start - b.node.start)
}

const EXPRESSION = /Expression$|^Identifier$|^Literal$|^TemplateLiteral$/

/** Whether another expression may be written in this place. */
function isValue(parent, field, child) {
  if (!EXPRESSION.test(child.type)) return false
  switch (parent.type) {
    case 'CallExpression':
    case 'NewExpression':
      return field !== 'callee' || child.type !== 'MemberExpression'
    case 'MemberExpression':
      return field === 'object' || parent.computed
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return (field === 'value' && !parent.shorthand && !parent.method) || (field === 'key' && parent.computed)
    case 'AssignmentExpression':
    case 'AssignmentPattern':
      return field === 'right'
    case 'VariableDeclarator':
      return field === 'init'
    case 'ForOfStatement':
    case 'ForInStatement':
      return field === 'right'
    case 'UpdateExpression':
    case 'TaggedTemplateExpression':
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'ChainExpression':
    case 'ArrayPattern':
    case 'ObjectPattern':
    case 'RestElement':
    case 'LabeledStatement':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return false
    case 'UnaryExpression':
      return parent.operator !== 'delete' && parent.operator !== 'typeof'
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return field === 'body'
    default:
      return true
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** One import or re-export of a file. */
export interface Import {
  /** A file of this project, such as `src/index.ts`, or the name of a package. */
  name: string
  isTypeOnly: boolean
  /** Whether it is `import()`, which loads when it is called. */
  isLazy: boolean
}

/** The TypeScript files below a folder. */
export function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return entries.filter((file) => /(?<!\.d)\.ts$/.test(file)).map((file) => join(folder, file))
}

/** What a file imports, in the order of the file. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const found: Import[] = []
  const add = (specifier: ts.Expression, kind: Omit<Import, 'name'>) => {
    if (ts.isStringLiteral(specifier)) found.push({ name: resolved(file, specifier.text), ...kind })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      add(node.moduleSpecifier, { isTypeOnly, isLazy: false })
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, { isTypeOnly: node.isTypeOnly, isLazy: false })
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, { isTypeOnly: true, isLazy: false })
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments
      if (specifier) add(specifier, { isTypeOnly: false, isLazy: true })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function resolved(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return normalize(join(dirname(file), specifier)).replace(/\.js$/, '.ts')
}

/** The import cycles among files, type-only imports included. Each starts and ends with its first file by name. */
export function cyclesOf(files: readonly string[]): string[][] {
  const graph = new Map(files.map((file) => [file, importsOf(file).map(({ name }) => name)]))
  const done = new Set<string>()
  const cycles: string[][] = []
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push(round(path.slice(path.indexOf(file))))
    if (done.has(file) || path.includes(file)) return
    for (const next of graph.get(file) ?? []) walk(next, [...path, file])
    done.add(file)
  }
  for (const file of files) walk(file, [])
  return cycles
}

function round(files: readonly string[]): string[] {
  const first = [...files].sort()[0] ?? ''
  const start = files.indexOf(first)
  return [...files.slice(start), ...files.slice(0, start), first]
}

import { readPageFile } from '../../console/files.js'
import { Problem } from '../problem.js'
import { type ControlAnswer, type Route, route } from '../route.js'

/** The console page and its files. They hold no data, so they need no control token. */
export const CONSOLE: readonly Route[] = [
  route({
    id: 'getConsole',
    method: 'GET',
    path: '',
    isPublic: true,
    isPage: true,
    answer: () => send('index.html'),
  }),
  // The library that the page imports has a folder within its folder.
  ...['{file}', '{folder}/{file}', '{folder}/{inner}/{file}'].map((path) =>
    route({
      id: 'getConsoleFile',
      method: 'GET',
      path: `page/${path}`,
      isPublic: true,
      answer: ({ params: { folder, inner, file } }) =>
        send([folder, inner, file].filter((name) => name !== undefined).join('/')),
    }),
  ),
]

async function send(name: string): Promise<ControlAnswer> {
  const file = await readPageFile(name)
  if (!file) throw new Problem(404, `The console page has no file ${JSON.stringify(name)}`)
  return { status: 200, ...file }
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { NOT_MODELLED } from '../../src/endpoints/not-modelled.js'
import { DEFAULT_SIGNING_KEY } from '../../src/index.js'

/** Debian's own Python: the frameworks are installed for no other. */
const PYTHON = '/usr/bin/python3'

const PACKAGES = [
  'python3-django',
  'python3-djangorestframework',
  'python3-djangorestframework-simplejwt',
]

/** Says why the real frameworks cannot be had here, or nothing when they can; installs them where it may. */
export function whyUnavailable(): string | undefined {
  if (isInstalled()) return undefined
  if (!existsSync('/usr/bin/apt-get')) return 'this is no Debian: there is no apt-get'
  if (process.getuid?.() !== 0)
    return `${PACKAGES.join(', ')} are not installed, and only root may install them`
  try {
    const options = {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const
    execFileSync('apt-get', ['update', '-qq'], options)
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES],
      options,
    )
  } catch (error) {
    return `apt-get could not install ${PACKAGES.join(', ')}: ${(error as Error).message}`
  }
  return isInstalled() ? undefined : `${PYTHON} does not find what apt-get installed`
}

function isInstalled(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import django, rest_framework, rest_framework_simplejwt'], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

/** The versions that are compared with. */
export function versions(): string {
  const code =
    "import sys, django, rest_framework, jwt, importlib.metadata as m; print('Python', sys.version.split()[0], 'Django', django.__version__, 'DRF', rest_framework.__version__, 'SimpleJWT', m.version('djangorestframework_simplejwt'), 'PyJWT', jwt.__version__)"
  return execFileSync(PYTHON, ['-c', code], { encoding: 'utf8' }).trim()
}

/** Starts the real frameworks, and resolves to the port that they listen on. */
export async function startFrameworks(
  language: string,
  unauthorizedStatus: number,
): Promise<{ port: number; stop(): void }> {
  const endpoints = NOT_MODELLED.map(({ path, methods }) => [path, Object.keys(methods)])
  const args = [
    language,
    String(unauthorizedStatus),
    DEFAULT_SIGNING_KEY,
    JSON.stringify(Object.fromEntries(endpoints)),
  ]
  const child: ChildProcess = spawn(PYTHON, ['test/provider/app.py', ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (line) => resolve(Number(String(line))))
    child.once('exit', (code) => reject(new Error(`The frameworks ended with ${code}`)))
  })
  return { port, stop: () => child.kill() }
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { NOT_MODELLED } from '../../src/endpoints/not-modelled.js'
import { DEFAULT_SIGNING_KEY } from '../../src/index.js'
import { RECORDED, UNPACKED } from './packages.js'

/** Debian's own Python: the frameworks are installed for no other. */
const PYTHON = '/usr/bin/python3'

/** The environment of Python: unpacked packages come before the installed ones. */
const ENVIRONMENT = UNPACKED
  ? { ...process.env, PYTHONPATH: join(UNPACKED, 'usr/lib/python3/dist-packages') }
  : process.env

const PACKAGES = [
  'python3-django',
  'python3-djangorestframework',
  'python3-djangorestframework-simplejwt',
] as const

/** Says why the real frameworks are not available here. Installs them first if it can. */
export function whyUnavailable(): string | undefined {
  if (isInstalled()) return undefined
  if (!existsSync('/usr/bin/apt-get')) return 'this system is not a Debian: it has no apt-get'
  if (process.getuid?.() !== 0)
    return `${PACKAGES.join(', ')} are not installed, and only root may install them`
  const recorded = PACKAGES.map((name) => `${name}=${RECORDED[name][0]}`)
  try {
    aptGet('update')
    // Debian may have replaced the recorded versions by newer ones.
    try {
      aptGet('install', ...recorded)
    } catch {
      aptGet('install', ...PACKAGES)
    }
  } catch (error) {
    return `apt-get could not install ${PACKAGES.join(', ')}: ${(error as Error).message}`
  }
  return isInstalled() ? undefined : `${PYTHON} does not find what apt-get installed`
}

function aptGet(command: string, ...packages: string[]): void {
  execFileSync('apt-get', [command, '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
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

/** The versions that the mock is compared with. */
export function versions(): string {
  const code =
    "import sys, django, rest_framework, jwt, importlib.metadata as m; print('Python', sys.version.split()[0], 'Django', django.__version__, 'DRF', rest_framework.__version__, 'SimpleJWT', m.version('djangorestframework_simplejwt'), 'PyJWT', jwt.__version__)"
  return execFileSync(PYTHON, ['-c', code], { encoding: 'utf8', env: ENVIRONMENT }).trim()
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
    env: ENVIRONMENT,
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (line) => resolve(Number(String(line))))
    child.once('exit', (code) => reject(new Error(`The frameworks ended with ${code}`)))
  })
  return { port, stop: () => child.kill() }
}

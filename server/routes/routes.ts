import type { RequestHandler } from 'express'
import { type DrawLatency, internalsOf, loadFaker, type Provider } from '../../src/internal.js'
import { prepareRoutes } from './configured.js'
import { routesOfModule } from './module-routes.js'
import type { RouteOptions } from './options.js'
import { createPass, type PreparedRoute } from './pass.js'
import { placeholdersIn } from './placeholders.js'

interface RoutesSettings {
  provider: Provider
  /** Picks the delay of a reply, in milliseconds. */
  latency: DrawLatency
  closing?: AbortSignal | undefined
}

/**
 * Prepares the user's own routes. Modules come first, in their order, then the routes of a
 * configuration. Rejects with a `RangeError` for a wrong route, and with a `RoutesError` for a wrong
 * module.
 */
export async function createRoutes(
  routes: string | readonly (string | RouteOptions)[],
  settings: RoutesSettings,
): Promise<RequestHandler> {
  const { provider } = settings
  const list = typeof routes === 'string' ? [routes] : routes
  const prepared: PreparedRoute[] = []
  for (const name of list) {
    if (typeof name === 'string') prepared.push(await routesOfModule(name, provider))
  }
  const configured = list.filter((one) => typeof one !== 'string')
  const faker = placeholdersIn(configured).some((name) => name.startsWith('faker.'))
    ? await loadFaker({ seed: internalsOf(provider).settings.seed })
    : undefined
  prepared.push(...prepareRoutes(configured, { provider, faker }))
  return createPass(prepared, settings)
}

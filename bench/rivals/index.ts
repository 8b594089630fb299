import { mockoon } from './mockoon.js'
import { oauth2MockServer, oauth2MockServerES256 } from './oauth2-mock-server.js'
import { prism } from './prism.js'
import type { Rival } from './rival.js'
import { wiremock } from './wiremock.js'

/** In the order of the table. */
export const rivals: Record<string, Rival> = {
  'oauth2-mock-server': oauth2MockServer,
  'oauth2-mock-server ES256': oauth2MockServerES256,
  Prism: prism,
  Mockoon: mockoon,
  WireMock: wiremock,
}

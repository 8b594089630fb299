import { type Answer, refuse } from '../answer.js'
import type { BodyFault } from '../framework/body.js'

/** The error response for a body that the framework cannot read or validate. */
export function refuseBody(fault: BodyFault): Answer {
  switch (fault.name) {
    case 'invalidFields':
      return refuse(fault.name, fault.errors)
    case 'unsupportedMediaType':
      return refuse(fault.name, fault.contentType)
    case 'parseError':
      return refuse(fault.name, fault.detail)
    case 'badRequest':
    case 'crashed':
      return refuse(fault.name)
  }
}

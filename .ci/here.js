export { here } from './here.cjs'

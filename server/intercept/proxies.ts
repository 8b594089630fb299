// Published as one file, which is loaded on demand.
export { HttpsProxyAgent } from 'https-proxy-agent'
export {
  type PrepareRequestFunctionOpts as ProxyRequest,
  type PrepareRequestFunctionResult as ProxyDecision,
  Server as ProxyServer,
} from 'proxy-chain'
export { getProxyForUrl } from 'proxy-from-env'

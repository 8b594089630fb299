import axios from 'axios'
import { type Client, testClient } from 'zapsign-mock/contracts'
import { createAuth, SETTINGS } from '../src/auth'
import { isExpired } from '../src/client'

const authAt = (baseUrl: string) => createAuth(`${baseUrl}/api/v1`)

const client: Client = {
  obtainToken: ({ baseUrl, ...credentials }) => authAt(baseUrl).obtainToken(credentials),
  refresh: ({ baseUrl, refresh }) => authAt(baseUrl).refresh(refresh),
  async callProtected({ baseUrl, access }) {
    const headers = { authorization: `Bearer ${access}` }
    const settings = { ...SETTINGS, headers, validateStatus: null }
    const response = await axios.get(`${baseUrl}/api/v1/docs/?page=1`, settings)
    return { kind: isExpired(response) ? 'expired' : 'authorized' }
  },
}

testClient(test, client, { consumer: 'jest-cjs' })

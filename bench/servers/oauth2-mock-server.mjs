// oauth2-mock-server as a library, with an ES256 key. The argument is the file of the library.
const { OAuth2Server } = await import(process.argv[2])
const server = new OAuth2Server()
await server.issuer.keys.generate('ES256')
await server.start(Number(process.env.ZAPSIGN_MOCK_PORT), '127.0.0.1')

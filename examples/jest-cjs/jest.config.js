/** @type {import('jest').Config} */
module.exports = {
  testMatch: ['**/test/*.test.ts'],
  // Jest compiles the packages that are ESM: zapsign-mock, and some that msw depends on.
  transform: {
    '\\.m?[jt]sx?$': [
      'ts-jest',
      {
        tsconfig: {
          allowJs: true,
          esModuleInterop: true,
          isolatedModules: true,
          target: 'es2022',
        },
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(zapsign-mock|@open-draft|rettime|until-async|https-proxy-agent|agent-base|proxy-agent-negotiate)/)',
  ],
}

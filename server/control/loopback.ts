/** Whether only programs on this machine reach a host. */
export function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    ['::1', '[::1]'].includes(name)
  )
}

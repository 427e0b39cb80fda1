const SISTEMAS = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
] as const
/** In this order: Edge says that it is Chrome too, and Chrome that it is Safari. */
const NAVEGADORES = [
  [/Edg\w*\/(\d+)/, 'Edge'],
  [/SamsungBrowser\/(\d+)/, 'Samsung'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
] as const

/** What a dueño recognises a till by in a list: `Android · Chrome 156`. Empty for a browser that tells nothing. */
export function describirEquipo(userAgent: string): string {
  const sistema = SISTEMAS.find(([huella]) => huella.test(userAgent))?.[1]
  const navegador = NAVEGADORES.map(([huella, nombre]) => ({ nombre, version: huella.exec(userAgent)?.[1] })).find((n) => n.version)
  return [sistema, navegador && `${navegador.nombre} ${navegador.version}`].filter(Boolean).join(' · ')
}

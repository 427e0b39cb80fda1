/** How money and hours are written (es-MX). Pure, so that lists are tested without a screen. */
const PESOS = new Intl.NumberFormat('es-MX', { style: 'currency', currency: 'MXN' })

/** `125000` centavos to `$1,250.00`. */
export const pesos = (centavos: number): string => PESOS.format(centavos / 100)

/** `14:02`, in the zone of the sucursal: a till that travels still shows the shop's hour. */
export function hora(instante: number, zona: string): string {
  return new Intl.DateTimeFormat('es-MX', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zona }).format(instante)
}

/** `hace 3 min`, `hace 2 h`, `hace 4 días`; under a minute `hace un momento`. */
export function hace(ms: number): string {
  const minutos = Math.floor(Math.max(0, ms) / 60_000)
  if (minutos < 1) return 'hace un momento'
  if (minutos < 60) return `hace ${minutos} min`
  const horas = Math.floor(minutos / 60)
  if (horas < 48) return `hace ${horas} h`
  return `hace ${Math.floor(horas / 24)} días`
}

export const plural = (n: number, uno: string, varios: string): string => `${n.toLocaleString('es-MX')} ${n === 1 ? uno : varios}`

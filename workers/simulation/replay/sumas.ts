/** What the file itself says the day was: its own arithmetic, with nothing of the product in it. */

export interface Renglon {
  cliente: string
  montoCentavos: number
  tipo: 'venta' | 'reembolso'
  referencia: string
}

export interface Sumas {
  ventas: number
  totalCentavos: bigint
  reembolsadoCentavos: bigint
  /** By client: sales and points left after refunds. */
  clientes: Map<string, { ventas: number; puntos: bigint }>
}

/** `valorPuntoCentavos`: pesos per point, at nivel bronce. Refunds never give back more than their sale, in all. */
export function sumar(renglones: Renglon[], valorPuntoCentavos: bigint): Sumas {
  const sumas: Sumas = { ventas: 0, totalCentavos: 0n, reembolsadoCentavos: 0n, clientes: new Map() }
  const vuelto = new Map<string, bigint>()
  for (const r of renglones)
    if (r.tipo === 'reembolso') vuelto.set(r.referencia, (vuelto.get(r.referencia) ?? 0n) + BigInt(r.montoCentavos))
  for (const r of renglones) {
    if (r.tipo !== 'venta') continue
    const monto = BigInt(r.montoCentavos)
    const devuelto = vuelto.get(r.referencia) ?? 0n
    const reembolsado = devuelto > monto ? monto : devuelto
    const ganados = monto / valorPuntoCentavos
    sumas.ventas++
    sumas.totalCentavos += monto
    sumas.reembolsadoCentavos += reembolsado
    if (!r.cliente) continue
    const suyo = sumas.clientes.get(r.cliente) ?? { ventas: 0, puntos: 0n }
    sumas.clientes.set(r.cliente, { ventas: suyo.ventas + 1, puntos: suyo.puntos + ganados - (ganados * reembolsado) / monto })
  }
  return sumas
}

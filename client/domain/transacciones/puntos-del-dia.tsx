/** Settled points stand bare; beside them, never within their sum, what is only promised (design 05 §3). */
export function PuntosDelDia({ puntos, puntosPorConfirmar }: { puntos: number; puntosPorConfirmar: number }) {
  return (
    <>
      {(puntos > 0 || puntosPorConfirmar === 0) && puntos.toLocaleString('es-MX')}
      {puntos > 0 && puntosPorConfirmar > 0 && ' '}
      {puntosPorConfirmar > 0 && <span className="unsettled">≈ {puntosPorConfirmar.toLocaleString('es-MX')}</span>}
    </>
  )
}

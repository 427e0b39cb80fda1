import { useCallback, useEffect, useRef, useState } from 'react'
import type { CuponDeVenta } from '../../../../workers/replica/api.ts'
import { cuentaDe, pideRegalado } from '../../../domain/cupones/cuenta.ts'
import { buscarVenta } from '../../../domain/transacciones/buscar-venta.ts'
import { sonar } from '../../../lib/sonido.ts'
import { useCaja, useTurno } from '../../../replica/contexto.ts'
import { useIr } from '../ir.ts'
import { recordarRecibo } from './recibo.ts'
import { type Resultado, vender } from './vender.ts'
import { type CuponEnVenta, fueRecuperada, olvidarVenta, type VentaEnCurso, ventaDe } from './venta-en-curso.ts'

export type Problema = Exclude<Resultado, { como: 'registrada' }>
type Registrada = Extract<Resultado, { como: 'registrada' }>

/**
 * Confirms the open sale and goes to its receipt. A second press while the first is on its way does nothing; a page that was reloaded between the
 * commit and the answer finds its sale in the journal and goes there by itself.
 */
export function useConfirmar(): { confirmar: () => void; ocupada: boolean; problema: Problema | null } {
  const { replica } = useCaja()
  const operadorId = useTurno()?.operador.id ?? ''
  const ir = useIr()
  const enCurso = useRef(false)
  const [ocupada, setOcupada] = useState(false)
  const [problema, setProblema] = useState<Problema | null>(null)

  const alRegistrar = useCallback(
    (venta: VentaEnCurso, registrada: Registrada) => {
      recordarRecibo(venta, registrada)
      ir(`/registrada/${registrada.hechoId}`, { reemplazar: true })
      // After the way is chosen: an empty sale on this screen would send the person back to the pad.
      olvidarVenta()
    },
    [ir],
  )
  useEffect(() => {
    const venta = ventaDe(operadorId)
    if (!fueRecuperada(venta)) return
    let vivo = true
    void buscarVenta(replica, venta.id).then((renglon) => {
      if (!vivo || !renglon || enCurso.current) return
      const { hechoId, folio, puntosPrometidos, tiempo } = renglon
      enCurso.current = true
      setOcupada(true)
      alRegistrar(venta, { como: 'registrada', hechoId, folio, puntosPrometidos, guardadoAt: tiempo.wall })
    })
    return () => {
      vivo = false
    }
  }, [replica, operadorId, alRegistrar])

  const confirmar = useCallback(async () => {
    if (enCurso.current) return
    enCurso.current = true
    setOcupada(true)
    setProblema(null)
    const venta = ventaDe(operadorId)
    const resultado = await vender(replica, nuevaVenta(venta))
    if (resultado.como === 'registrada') {
      sonar('confirmacion')
      return alRegistrar(venta, resultado) // still busy: this screen is being left
    }
    setProblema(resultado)
    setOcupada(false)
    enCurso.current = false
  }, [replica, operadorId, alRegistrar])

  return { confirmar: () => void confirmar(), ocupada, problema }
}

/** What the journal gets. Its operador is whoever holds the turno: the replica knows. */
function nuevaVenta({ id, cliente, montoCentavos, metodoPago, descripcion, cupon, foto }: VentaEnCurso) {
  const aplicado = cupon?.aplicado ? cupon : null
  return {
    id,
    montoCentavos: cuentaDe(montoCentavos, aplicado).porCobrarCentavos,
    metodoPago,
    descripcion: descripcion.trim() || null,
    lineas: [],
    qr: cliente?.como === 'leido' ? cliente.tarjeta.qr : null,
    ...(cliente?.como === 'escrito' ? { tarjeta: cliente.tarjeta } : {}),
    operador: null,
    ...(aplicado ? { cupon: usoDe(aplicado, montoCentavos) } : {}),
    ...(foto ? { foto } : {}),
  }
}

const usoDe = ({ visto, regaladoCentavos, medio, codigoUnico, conConexion }: CuponEnVenta, totalCentavos: number): CuponDeVenta => ({
  ...{ cuponId: visto.cuponId, totalCentavos, medio, codigoUnico, conConexion },
  regaladoCentavos: pideRegalado(visto) ? regaladoCentavos : 0,
})

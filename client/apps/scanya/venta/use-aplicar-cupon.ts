import { useRef, useState } from 'react'
import type { CuponVisto } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useCaja, useTurno } from '../../../replica/contexto.ts'
import { useIr } from '../ir.ts'
import { t } from './textos.ts'
import { type CuponEnVenta, cambiarVenta, SIN_USAR, ventaDe } from './venta-en-curso.ts'

/**
 * Takes a cupón into the open sale and goes to its amount (SCAN-27). One that is taken online only is asked of the server first, and its reason is what the
 * person reads. `como`: how it came and what was said of it, where not from the client's list.
 */
export function useAplicarCupon(
  visto: CuponVisto | null,
  como: CuponEnVenta | null | undefined,
): { aplicar: () => void; ocupado: boolean; problema: string | null } {
  const { replica } = useCaja()
  const operadorId = useTurno()?.operador.id ?? ''
  const ir = useIr()
  const enCurso = useRef(false)
  const [ocupado, setOcupado] = useState(false)
  const [problema, setProblema] = useState<string | null>(null)

  async function preguntar(cupon: CuponVisto): Promise<string | null> {
    const { cliente, montoCentavos } = ventaDe(operadorId)
    const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
    const uso = {
      cuponId: cupon.cuponId,
      codigo: como?.codigoUnico ?? cupon.codigo,
      qr: cliente?.como === 'leido' ? cliente.tarjeta.qr : null,
      // Before the amount is known its minimum is taken as met.
      totalCentavos: Math.max(montoCentavos, cupon.compraMinimaCentavos, 1),
    }
    const r = await (replica.consultarCupon?.(uso) ?? Promise.resolve(caida)).catch(() => caida)
    if (r.ok) return null
    return r.codigo === 'SIN_CONEXION' ? t.pideConexion : textoDe(r.codigo)
  }
  async function aplicar(): Promise<void> {
    if (!visto || enCurso.current) return
    enCurso.current = true
    setOcupado(true)
    const falta = visto.soloConConexion ? await preguntar(visto) : null
    enCurso.current = false
    setOcupado(false)
    setProblema(falta)
    if (falta !== null) return
    cambiarVenta(operadorId, { cupon: { ...SIN_USAR, medio: 'lista', ...como, visto, conConexion: visto.soloConConexion, aplicado: true } })
    ir('/cobrar')
  }
  return { aplicar: () => void aplicar(), ocupado, problema }
}

import { useCallback, useRef, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { TarjetaEscrita } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { sonar } from '../../../lib/sonido.ts'
import { useCaja, usePuede, useTurno } from '../../../replica/contexto.ts'
import { dejar, pareceCanje } from '../canje/por-validar.ts'
import { useIr } from '../ir.ts'
import { cuponDeAntes } from './cupon-de-antes.ts'
import { t } from './textos.ts'
import { cambiarVenta, SIN_USAR, ventaDe } from './venta-en-curso.ts'

/** A code's own text tells what became of a sale; here there is none yet. */
const enPalabras = (codigo: Codigo): string =>
  codigo === 'REPLICA_CAIDA' ? t.reiniciando : codigo === 'qr_invalido' ? t.qrInvalido : textoDe(codigo)

/**
 * From a code to its client (SCAN-15, SCAN-23): asked of this device, never of the network. What is refused is said in words, and the next code may
 * be tried at once.
 */
export function useIdentificar(): {
  alLeer: (texto: string) => void
  alEscribir: (tarjeta: TarjetaEscrita) => void
  problema: string | null
  /** A card was taken: the screen is being left. */
  identificado: boolean
} {
  const { replica } = useCaja()
  const puede = usePuede()
  const [conCupones, conCanjes] = [puede('validarCupones'), puede('validarCanjes')]
  const operadorId = useTurno()?.operador.id ?? ''
  const ir = useIr()
  const mirando = useRef(false)
  const [problema, setProblema] = useState<string | null>(null)
  const [identificado, setIdentificado] = useState(false)

  const alLeer = useCallback(
    async (texto: string) => {
      if (mirando.current) return
      mirando.current = true
      const caida = { ok: false, codigo: 'REPLICA_CAIDA' } as const
      const r = await (replica.leerTarjeta?.(texto) ?? Promise.resolve(caida)).catch(() => caida)
      const mostrado = r.ok && conCupones ? r.valor.cupon : null
      const deAntes = r.ok && !mostrado ? await cuponDeAntes(replica, ventaDe(operadorId), r.valor) : null
      mirando.current = false
      if (r.ok) {
        const cupon = mostrado ? { ...SIN_USAR, visto: mostrado, medio: 'qr' as const } : deAntes
        cambiarVenta(operadorId, { cliente: { como: 'leido', tarjeta: r.valor, leidaAt: Date.now() }, cupon })
        setIdentificado(true)
        return ir(mostrado ? '/cupon' : '/cliente')
      }
      if (r.codigo === 'qr_invalido' && conCanjes && pareceCanje(texto)) {
        dejar(texto)
        return ir('/canje')
      }
      sonar('error')
      setProblema(enPalabras(r.codigo))
    },
    [replica, operadorId, conCupones, conCanjes, ir],
  )
  const alEscribir = useCallback(
    async (tarjeta: TarjetaEscrita) => {
      const cupon = await cuponDeAntes(replica, ventaDe(operadorId), { cardId: null, nivel: null })
      cambiarVenta(operadorId, { cliente: { como: 'escrito', tarjeta }, cupon })
      ir('/cliente')
    },
    [replica, operadorId, ir],
  )
  return { alLeer: (texto) => void alLeer(texto), alEscribir: (tarjeta) => void alEscribir(tarjeta), problema, identificado }
}

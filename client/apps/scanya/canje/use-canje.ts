import { useCallback, useEffect, useRef, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { CanjeEntregado, CanjeLeido, Respuesta } from '../../../../workers/replica/api.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { sonar } from '../../../lib/sonido.ts'
import { useCaja, useVivo } from '../../../replica/contexto.ts'
import { nombreDe } from './nombre-de-caja.ts'
import { tomar } from './por-validar.ts'
import { t } from './textos.ts'

export type Paso =
  | { como: 'buscando' }
  | { como: 'hallado'; texto: string; canje: CanjeLeido }
  | { como: 'entregado'; canje: CanjeLeido; entrega: CanjeEntregado }

const CAIDA: Extract<Respuesta<never>, { ok: false }> = { ok: false, codigo: 'REPLICA_CAIDA' }

/** SCAN-30, 31, 33: looked at first, given once somebody says so. A second press while the first is on its way does nothing. */
export function useCanje() {
  const { replica, alta } = useCaja()
  const { config } = useVivo()
  const arriendo = config.find((c) => c.id === `arriendo:${alta.sucursalId}`)
  const quien = arriendo && 'dispositivoId' in arriendo ? nombreDe(arriendo.dispositivoId) : null
  const entrega = useRef(quien)
  entrega.current = quien
  const enCurso = useRef(false)
  const [paso, setPaso] = useState<Paso>({ como: 'buscando' })
  const [ocupado, setOcupado] = useState(false)
  const [problema, setProblema] = useState<string | null>(null)

  const unaVez = useCallback(async <T>(hacer: () => Promise<Respuesta<T>> | undefined, bien: (valor: T) => void): Promise<void> => {
    if (enCurso.current) return
    enCurso.current = true
    setOcupado(true)
    setProblema(null)
    const r = await (hacer() ?? Promise.resolve(CAIDA)).catch(() => CAIDA)
    enCurso.current = false
    setOcupado(false)
    if (r.ok) return bien(r.valor)
    sonar('error')
    setProblema(enPalabras(r.codigo, r.campo, entrega.current))
  }, [])

  const validar = useCallback(
    (texto: string) => {
      if (texto.trim() === '') return setProblema(t.faltaCodigo)
      void unaVez(
        () => replica.validarCanje?.(texto),
        (canje) => setPaso({ como: 'hallado', texto, canje }),
      )
    },
    [replica, unaVez],
  )
  const confirmar = () => {
    if (paso.como !== 'hallado') return
    const { canje, texto } = paso
    void unaVez(
      () => replica.confirmarCanje?.(texto),
      (entrega) => {
        sonar('confirmacion')
        setPaso({ como: 'entregado', canje, entrega })
      },
    )
  }
  const soltar = () => {
    setProblema(null)
    setPaso({ como: 'buscando' })
  }
  useEffect(() => {
    const qr = tomar()
    if (qr) validar(qr)
  }, [validar])
  return { paso, ocupado, problema, validar, confirmar, soltar, callar: () => setProblema(null) }
}

/** What of an answer only this screen can say better. */
function enPalabras(codigo: Codigo, campo: string | undefined, quienEntrega: string | null): string {
  if (codigo === 'CANJE_OTRA_CAJA' && quienEntrega !== null) return t.confirmaEn(quienEntrega)
  if (codigo === 'SIN_CONEXION') return campo === 'codigo' ? t.codigoSinRed : t.sinRed
  return textoDe(codigo)
}

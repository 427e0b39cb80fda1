/** CUP-05. What is done to a cupón, at once, with no network and with a way back. */
import { useMemo } from 'react'
import { uuidv7 } from '../../../../schema/core/ids.ts'
import type { CuponDoc } from '../../../../schema/protocol/documentos.ts'
import { type CamposDeCupon, camposDeCupon, proponerCodigo } from '../../../domain/cupones/forma.ts'
import { useEscribir } from '../forma/use-escribir.ts'
import { t } from './textos.ts'

const LARGO_DEL_TITULO = 120

export interface AccionesDeCupon {
  guardar(id: string, cambios: Partial<CamposDeCupon>, nuevo: boolean): Promise<boolean>
  /** A copy with a code of its own, not yet active. `ocupados`: codes of the others. */
  duplicar(cupon: CuponDoc, ocupados: ReadonlySet<string>): Promise<boolean>
  activar(cupon: CuponDoc, si: boolean): Promise<boolean>
  /** Its end is now. */
  terminar(cupon: CuponDoc): Promise<boolean>
  eliminar(cupon: CuponDoc): Promise<boolean>
}

export function useAccionesDeCupon(): AccionesDeCupon {
  const escribir = useEscribir()
  return useMemo(() => {
    const uno = (id: string, cambios: Record<string, unknown>, dicho: string) => escribir([{ coleccion: 'cupones', id, cambios }], dicho)
    return {
      guardar: (id, cambios, nuevo) => uno(id, { ...cambios }, nuevo ? t.seCreo(cambios.titulo ?? '') : t.seGuardo),
      duplicar: (cupon, ocupados) => {
        const titulo = t.copiaDe(cupon.titulo).slice(0, LARGO_DEL_TITULO)
        const copia = { ...camposDeCupon(cupon), titulo, codigo: proponerCodigo(cupon.codigo, ocupados), activo: false }
        return uno(uuidv7(Date.now()), copia, t.seDuplico(cupon.titulo))
      },
      activar: (c, si) => uno(c.id, { activo: si }, (si ? t.seActivo : t.sePauso)(c.titulo)),
      terminar: (c) => uno(c.id, { venceAt: Math.max(Date.now(), c.desdeAt) }, t.seTermino(c.titulo)),
      eliminar: (c) => uno(c.id, { borrado: true }, t.seElimino(c.titulo)),
    }
  }, [escribir])
}

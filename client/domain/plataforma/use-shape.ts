/**
 * A live view of the platform on a screen; it is closed with it.
 *
 *   const forma = useMemo(() => dispositivosEnVivo({ negocio: id }), [id])
 *   const { estado, filas } = useShape(forma, sesion.portador)
 *
 * Beside a list that is read by pages: `dispositivosEnVivo({ desdeAhora: true })` gives the rows that change while the page is open. Read the list when
 * `estado` is first `en_vivo`, and again whenever `vuelta` grows: between the two nothing is missed.
 */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { FormaViva } from './formas.ts'
import { type FotoEnVivo, type PedirToken, VistaEnVivo } from './vista-en-vivo.ts'

const CERRADA: FotoEnVivo<never> = {
  estado: 'abriendo',
  codigo: null,
  filas: new Map<string, never>(),
  idas: new Set(),
  alDiaAt: null,
  vuelta: 0,
}
const nada = () => () => {}

/** `forma` null: nothing is followed. Another shape, by content, is another view. `pedirToken` must not change from one drawing to the next. */
export function useShape<F>(
  forma: FormaViva<F> | null,
  pedirToken: PedirToken,
  { pausada = false }: { pausada?: boolean } = {},
): FotoEnVivo<F> & { reintentar: () => void } {
  const llave = forma && JSON.stringify([forma.tabla, forma.filtros, forma.desdeAhora])
  const [vista, setVista] = useState<VistaEnVivo<F> | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape is its content
  useEffect(() => {
    if (forma === null) return
    const nueva = new VistaEnVivo(forma, pedirToken, { url: new URL('/v1/shape', location.href).toString(), pagina: document })
    setVista(nueva)
    return () => {
      nueva.cerrar()
      setVista(null)
    }
  }, [llave, pedirToken])
  useEffect(() => vista?.pausar(pausada), [vista, pausada])
  const foto = useSyncExternalStore(vista?.suscribir ?? nada, vista?.foto ?? (() => CERRADA as FotoEnVivo<F>))
  return { ...foto, reintentar: () => vista?.reintentar() }
}

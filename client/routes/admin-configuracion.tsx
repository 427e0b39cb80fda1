import { ConfiguracionPantalla } from '../apps/admin/configuracion/configuracion.tsx'

/** `/admin/configuracion`: apart from the rest of the Panel, because it is seldom opened. */
export const Configuracion = () => <ConfiguracionPantalla />

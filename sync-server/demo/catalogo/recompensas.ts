/** What points buy in the demo world (CARD-31), by the code of its negocio. */
export interface RecompensaDemo {
  nombre: string
  puntos: number
  valorCentavos: number
  descripcion: string
  /** Whose picture it shows. */
  articulo?: string
  /** Names of sucursales; absent: given in all of them. */
  soloEn?: readonly string[]
}

const recompensa = (
  nombre: string,
  puntos: number,
  pesos: number,
  descripcion: string,
  mas: Partial<RecompensaDemo> = {},
): RecompensaDemo => ({
  ...{ nombre, puntos, valorCentavos: pesos * 100, descripcion },
  ...mas,
})

export const RECOMPENSAS: Record<string, readonly RecompensaDemo[]> = {
  'pizzeria-roma': [
    recompensa('Café gratis', 80, 38, 'Un americano, al terminar de comer.', { articulo: 'Café americano' }),
    recompensa('Tiramisú', 180, 89, 'La receta de la abuela Rosa.', { articulo: 'Tiramisú' }),
    recompensa('Pizza margarita', 350, 165, 'Mediana, para comer aquí o llevar.', { articulo: 'Pizza margarita' }),
    recompensa('Cerveza artesanal', 160, 75, 'De barril. Solo mayores de edad.', { articulo: 'Cerveza artesanal', soloEn: ['Centro'] }),
  ],
  'cafe-central': [
    recompensa('Concha de vainilla', 45, 22, 'Del horno de las siete.', { articulo: 'Concha de vainilla' }),
    recompensa('Capuchino', 110, 52, 'Con leche entera o de avena.', { articulo: 'Capuchino' }),
    recompensa('Molletes', 170, 79, 'Con frijol, queso y pico de gallo.', { articulo: 'Molletes' }),
  ],
  'gym-fitness': [
    recompensa('Agua 600 ml', 10, 18, 'Del refrigerador de recepción.', { articulo: 'Agua 600 ml' }),
    recompensa('Visita para un amigo', 45, 90, 'Un día, todas las áreas.', { articulo: 'Visita' }),
    recompensa('Clase de spinning', 60, 120, 'Martes o jueves, 19:00.'),
  ],
}

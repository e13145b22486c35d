package datasets

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"descent/dl/blas"
)

// Augment makes new images of old ones by small random changes that leave the
// class as it is. Augment training data only.
type Augment struct {
	H, W   int     // height and width of an image; a row of X has H·W numbers, row by row
	Shift  float64 // furthest shift in each direction, in pixels
	Rotate float64 // furthest turn to either side, in degrees
	Noise  float64 // standard deviation of the noise added to each pixel
	Seed   uint64
}

// Apply returns a changed copy of each image of X (N×H·W). Shifts and turns
// are drawn uniformly, one pair a picture; pixels are interpolated from four
// neighbours, and what comes in from outside is 0. Values are not clipped.
func (a Augment) Apply(X mat.Matrix) (*mat.Dense, error) {
	n, cols := X.Dims()
	switch {
	case a.H < 1 || a.W < 1 || cols != a.H*a.W || n == 0:
		return nil, fmt.Errorf("datasets: Augment: data are %d×%d, want rows of H·W = %d×%d = %d pixels", n, cols, a.H, a.W, a.H*a.W)
	case !(a.Shift >= 0 && a.Rotate >= 0 && a.Noise >= 0):
		return nil, fmt.Errorf("datasets: Augment: Shift %g, Rotate %g, Noise %g, want 0 or more", a.Shift, a.Rotate, a.Noise)
	}
	r := newRand(a.Seed, augmentStream)
	changed := mat.NewDense(n, cols, nil)
	image := make([]float64, cols)
	for i := range n {
		mat.Row(image, i, X)
		down, right := uniform(r, -a.Shift, a.Shift), uniform(r, -a.Shift, a.Shift)
		angle := uniform(r, -a.Rotate, a.Rotate) * math.Pi / 180
		sin, cos := blas.SinOne(angle), blas.CosOne(angle)
		row := changed.RawRowView(i)
		for p := range row {
			// Where the pixel comes from: back by the shift, then turned back about the centre.
			y := float64(p/a.W) - float64(a.H-1)/2 - down
			x := float64(p%a.W) - float64(a.W-1)/2 - right
			row[p] = a.pixel(image, math.FMA(cos, y, -(sin*x))+float64(a.H-1)/2, math.FMA(sin, y, cos*x)+float64(a.W-1)/2)
			if a.Noise > 0 {
				row[p] = math.FMA(a.Noise, blas.Normal(r), row[p])
			}
		}
	}
	return changed, nil
}

// pixel interpolates between the four pixels around the point (y, x).
func (a Augment) pixel(image []float64, y, x float64) float64 {
	top, left := math.Floor(y), math.Floor(x)
	sum := 0.0
	for dy := range 2 {
		for dx := range 2 {
			i, j := int(top)+dy, int(left)+dx
			if i < 0 || i >= a.H || j < 0 || j >= a.W {
				continue
			}
			weight := (1 - math.Abs(y-float64(i))) * (1 - math.Abs(x-float64(j)))
			sum = math.FMA(weight, image[i*a.W+j], sum)
		}
	}
	return sum
}

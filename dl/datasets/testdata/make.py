"""Writes scikit.json: the course's tables as scikit-learn has them.

Run in dl/datasets/testdata with scikit-learn 1.9. The tests need only the file.
"""
import json

from sklearn import datasets
from sklearn.preprocessing import MinMaxScaler, StandardScaler

loaders = {
    "iris": datasets.load_iris(),
    "wine": datasets.load_wine(),
    "breast cancer": datasets.load_breast_cancer(),
    "diabetes": datasets.load_diabetes(scaled=False),
    "digits": datasets.load_digits(),
}
tables = {}
for name, data in loaders.items():
    X, y = data.data, data.target.astype(float)
    tables[name] = {
        "rows": len(X),
        "mean": X.mean(axis=0).tolist(),
        "sd": X.std(axis=0).tolist(),
        "targetMean": y.mean(),
        "lastRow": X[-1].tolist(),
        "lastStandardised": StandardScaler().fit_transform(X)[-1].tolist(),
        "lastMinMax": MinMaxScaler().fit_transform(X)[-1].tolist(),
    }
with open("scikit.json", "w") as f:
    json.dump(tables, f)

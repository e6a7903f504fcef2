"""Laws of the village: pure scalar functions, one file per subject. 规则"""
